use ksef_archive::{BookMut, Reading, Writing, fold};
use ksef_types::Nip;

use super::shelf::{self, Keys, Shelf};
use super::{BookError, BookImported, BookPage, BookSearch, Goods, GoodsCard, GoodsId, SavedCard};
use crate::{Engine, EngineError};

impl Engine {
    /// A page of the book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn goods(&self, nip: Nip, search: &BookSearch) -> Result<BookPage<Goods>, EngineError> {
        shelf::page::<GoodsShelf>(self.archive(), nip, search)
    }

    /// One of the book; one that was merged gives that into which it was merged.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], or when the archive fails.
    pub fn goods_item(&self, id: GoodsId) -> Result<Goods, BookError> {
        shelf::get::<GoodsShelf>(self.archive(), id)
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
        shelf::save::<GoodsShelf>(self, nip, id, card)
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], or when the archive fails.
    pub fn remove_goods(&self, id: GoodsId) -> Result<(), BookError> {
        shelf::remove::<GoodsShelf>(self, id)
    }

    /// Groups that look like the same: the same index, or the same name and unit.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn goods_doubles(&self, nip: Nip) -> Result<Vec<Vec<Goods>>, EngineError> {
        shelf::doubles::<GoodsShelf>(self.archive(), nip)
    }

    /// Makes one of several: `into` stays as it is and counts what the others were used for; the others leave the book, and
    /// drafts that name them name `into` from then on.
    ///
    /// # Errors
    /// [`BookError::UnknownGoods`], [`BookError::OtherCompany`], or when the archive fails.
    pub fn merge_goods(&self, into: GoodsId, from: &[GoodsId]) -> Result<Goods, BookError> {
        shelf::merge::<GoodsShelf>(self, into, from)
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
        shelf::import::<GoodsShelf>(self, nip, cards)
    }

    /// The whole book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn export_goods(&self, nip: Nip) -> Result<Vec<GoodsCard>, EngineError> {
        shelf::export::<GoodsShelf>(self.archive(), nip)
    }
}

struct GoodsShelf;

impl Shelf for GoodsShelf {
    type Card = GoodsCard;
    type Id = GoodsId;

    fn read<'c>(tables: &Reading<'c>) -> ksef_archive::Book<'c> {
        tables.goods()
    }

    fn write<'c>(tables: &Writing<'c>) -> BookMut<'c> {
        tables.goods_mut()
    }

    fn id(row: i64) -> GoodsId {
        GoodsId(row)
    }

    fn row(id: GoodsId) -> i64 {
        id.0
    }

    fn keys(card: &GoodsCard) -> Keys {
        let line = &card.line;
        let (name, index) = (fold(&line.name), fold(&line.index));
        let texts = [&line.name, &line.index, &line.gtin, &line.pkwiu, &line.cn, &card.remarks];
        Keys {
            number_key: (!index.is_empty()).then(|| format!("index:{index}")),
            name_key: format!("{name}|{}", fold(&line.unit)),
            search: fold(&texts.map(String::as_str).join(" ")),
            name,
        }
    }

    fn unknown(id: GoodsId) -> BookError {
        BookError::UnknownGoods(id)
    }
}
