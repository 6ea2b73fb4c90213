use ksef_types::Nip;

use super::{BookError, BookImported, BookPage, BookSearch, Goods, GoodsCard, GoodsId, SavedCard};
use crate::{Engine, EngineError};

impl Engine {
    /// A page of the book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn goods(&self, nip: Nip, search: &BookSearch) -> Result<BookPage<Goods>, EngineError> {
        let _ = (nip, search);
        todo!()
    }

    /// One of the book; one that was merged gives that into which it was merged.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], or when the archive fails.
    pub fn goods_item(&self, id: GoodsId) -> Result<Goods, BookError> {
        let _ = id;
        todo!()
    }

    /// Keeps a card; without an id a new one.
    ///
    /// # Errors
    /// [`BookError::NoName`], [`BookError::UnknownGoods`], or when the archive fails.
    pub fn save_goods(
        &self,
        nip: Nip,
        id: Option<GoodsId>,
        card: &GoodsCard,
    ) -> Result<SavedCard<Goods>, BookError> {
        let _ = (nip, id, card);
        todo!()
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], or when the archive fails.
    pub fn remove_goods(&self, id: GoodsId) -> Result<(), BookError> {
        let _ = id;
        todo!()
    }

    /// Groups that look like the same: the same index, or the same name and unit.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn goods_doubles(&self, nip: Nip) -> Result<Vec<Vec<Goods>>, EngineError> {
        let _ = nip;
        todo!()
    }

    /// Makes one of several: `into` stays as it is and counts what the others were used for; the others leave the book, and
    /// drafts that name them name `into` from then on.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], [`BookError::OtherCompany`], or when the archive fails.
    pub fn merge_goods(&self, into: GoodsId, from: &[GoodsId]) -> Result<Goods, BookError> {
        let _ = (into, from);
        todo!()
    }

    /// Takes in cards, all or none; answers row by row. The key is the index, else name and unit.
    ///
    /// # Errors
    /// [`BookError::NoName`] with the row, or when the archive fails.
    pub fn import_goods(
        &self,
        nip: Nip,
        cards: &[GoodsCard],
    ) -> Result<Vec<BookImported<GoodsId>>, BookError> {
        let _ = (nip, cards);
        todo!()
    }

    /// The whole book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn export_goods(&self, nip: Nip) -> Result<Vec<GoodsCard>, EngineError> {
        let _ = nip;
        todo!()
    }
}
