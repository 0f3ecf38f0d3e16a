#include "ui/keys/KeysModel.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct KeyColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyColumns)
public:
    static QList<Column<KeyView>> all();
    static QString safe(const KeyView &key, TimePoint now);
};

QString KeyColumns::safe(const KeyView &key, TimePoint now)
{
    if (key.state == "revoked"_L1)
        return u"–"_s;
    if (key.state == "standby"_L1)
        //: When a key may be revoked without signing anyone out: from now on, since it has not been used.
        return tr("now: it has signed nothing yet");
    if (!key.verifyUntil)
        //: When a key may be revoked without signing anyone out: not while it signs.
        return tr("not while it signs");
    if (*key.verifyUntil <= now)
        //: When a key may be revoked without signing anyone out: from now on.
        return tr("now: nothing it signed is alive");
    //: When a key may be revoked without signing anyone out: "15:42 (in 12 min)".
    return tr("%1 (%2)").arg(Times::brief(*key.verifyUntil), Times::until(*key.verifyUntil, now));
}

QList<Column<KeyView>> KeyColumns::all()
{
    using Row = const KeyView &;
    return {
        //: Column title: what a key is used for at the moment.
        {.title = tr("State"),
         .text = [](Row row, TimePoint) { return UiTexts::keyState(row.state); },
         .tone = [](Row row) { return UiTexts::keyTone(row.state); }},
        //: Column title: what a key signs.
        {.title = tr("Signs"), .text = [](Row row, TimePoint) { return UiTexts::keyPurpose(row.purpose); }},
        //: Column title: the key id as it stands in the header of a token.
        {.title = tr("Key id (kid)"), .text = [](Row row, TimePoint) { return row.kid; }, .tip = [](Row row) { return row.kid; }},
        //: Column title: the signature algorithm.
        {.title = tr("Algorithm"), .text = [](Row row, TimePoint) { return row.algorithm; }},
        //: Column title: how old a key is.
        {.title = tr("Age"),
         .text = [](Row row, TimePoint now) { return Times::lasting(now - row.createdAt); },
         .sort = [](Row row) { return -toMilliseconds(row.createdAt); },
         .tip = [](Row row) { return Times::exact(row.createdAt); },
         .ageing = true},
        //: Column title: from when on a key may be revoked without signing anyone out.
        {.title = tr("Safe to revoke"),
         .text = safe,
         .sort = [](Row row) { return row.verifyUntil ? toMilliseconds(*row.verifyUntil) : qint64(0); },
         .tip = [](Row row) { return row.verifyUntil ? Times::exact(*row.verifyUntil) : QString(); },
         .ageing = true},
    };
}

int rank(const KeyView &key)
{
    static const QStringList order {u"current"_s, u"standby"_s, u"retiring"_s, u"revoked"_s};
    return int(order.indexOf(key.state)) * 2 + (key.purpose == "access"_L1 ? 0 : 1);
}

} // namespace

KeysModel::KeysModel(const Clock &clock, QObject *parent) : RowsModel(clock, KeyColumns::all(), parent) {}

void KeysModel::replaceAll(QList<KeyView> keys)
{
    std::ranges::stable_sort(
        keys, [](const KeyView &a, const KeyView &b) { return rank(a) != rank(b) ? rank(a) < rank(b) : a.createdAt > b.createdAt; });
    updateTo(keys, [](const KeyView &key) { return key.kid; });
}

} // namespace warder
