#include "ui/keys/KeyColumns.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct KeyColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::KeyColumns)
public:
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

} // namespace

QList<Column<KeyView>> keyColumns()
{
    using Row = const KeyView &;
    return {
        //: Column title: what a key is used for at the moment.
        {.title = KeyColumns::tr("State"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return UiTexts::keyState(row.state); },
         .tone = [](Row row) { return UiTexts::keyTone(row.state); }},
        //: Column title: what a key signs.
        {.title = KeyColumns::tr("Signs"), .characters = 18, .text = [](Row row, TimePoint) { return UiTexts::keyPurpose(row.purpose); }},
        //: Column title: the key id as it stands in the header of a token.
        {.title = KeyColumns::tr("Key id (kid)"),
         .characters = 30,
         .text = [](Row row, TimePoint) { return row.kid; },
         .tip = [](Row row) { return row.kid; }},
        //: Column title: the signature algorithm.
        {.title = KeyColumns::tr("Algorithm"), .characters = 13, .text = [](Row row, TimePoint) { return row.algorithm; }},
        //: Column title: how old a key is.
        {.title = KeyColumns::tr("Age"),
         .characters = 12,
         .text = [](Row row, TimePoint now) { return Times::lasting(now - row.createdAt); },
         .time = &KeyView::createdAt,
         .number = [](Row row) { return -toMilliseconds(row.createdAt); }},
        //: Column title: from when on a key may be revoked without signing anyone out.
        {.title = KeyColumns::tr("Safe to revoke"), .characters = 30, .text = KeyColumns::safe, .time = &KeyView::verifyUntil},
    };
}

} // namespace warder
