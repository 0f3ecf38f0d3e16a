#include "ui/activity/RecordFacts.h"

#include "core/console/Json.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QJsonDocument>

namespace warder {

QList<DetailsPanel::Fact> RecordFacts::of(const ActivityView &record, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a record: when it happened.
        {tr("When"), Times::withAge(record.at, now)},
        //: Name of a fact about a record: whom it is about.
        {tr("Who"), ActivityTexts::who(record)},
    };
    if (!record.address.isEmpty())
        //: Name of a fact about a record: a network address.
        facts += {.name = tr("Address"), .value = record.address, .isFixedWidth = true};
    //: Name of a fact about a record: who did it.
    facts += {tr("By"), ActivityTexts::actor(record.actor)};
    if (const QString reason = ActivityTexts::reason(record); !reason.isEmpty())
        //: Name of a fact about a record: why or how it happened.
        facts += {tr("Why, how"), reason};
    if (!record.details.isEmpty())
        //: Name of a fact about a record: what more the server has noted, by its own names.
        facts += {tr("As recorded"), record.type, ActivityTexts::details(record)};
    if (record.sessionId)
        //: Name of a fact about a record: the id of a session.
        facts += {.name = tr("Session id"), .value = record.sessionId->toString(), .isFixedWidth = true};
    if (record.userId)
        //: Name of a fact about a record: the id of an account.
        facts += {.name = tr("User id"), .value = record.userId->toString(), .isFixedWidth = true};
    //: Name of a fact about a record: its number and its hash in the chain of all records; %1 is the number.
    facts += {tr("Record %1").arg(UiTexts::count(record.seq)),
              record.hash.isEmpty() ? /*: Of a record: it is older than the chain of hashes. */ tr("no hash") : record.hash};
    return facts;
}

QString RecordFacts::json(const ActivityView &record)
{
    QStringList lines;
    for (const QString &line : QString::fromUtf8(QJsonDocument(toJson(record).toObject()).toJson()).split(u'\n', Qt::SkipEmptyParts))
        lines += UiTexts::plain(line);
    return lines.join(u'\n');
}

} // namespace warder
