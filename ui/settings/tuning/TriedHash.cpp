#include "ui/settings/tuning/TriedHash.h"

#include "ui/settings/tuning/HashTuningTexts.h"

namespace warder {
namespace {

TriedHash::Standing standingOf(const HashTrialView &trial, bool isToday, const TuningView &view, Milliseconds target)
{
    using enum TriedHash::Standing;
    if (view.proposed == trial)
        return Proposed;
    if (trial.time > target)
        return TooSlow;
    return isToday ? Today : Possible;
}

} // namespace

QList<TriedHash> TriedHash::of(const TuningView &view, const HashingView &here, Milliseconds target)
{
    QList<TriedHash> rows;
    for (const HashTrialView &trial : view.tried) {
        const bool isFirst = rows.isEmpty();
        rows += TriedHash {.trial = trial,
                           .number = int(rows.size()),
                           .standing = standingOf(trial, isFirst, view, target),
                           .isToday = isFirst,
                           .memoryKib = here.memoryKibOf(trial.cost),
                           .perSecond = here.perSecond(trial.time)};
    }
    return rows;
}

QList<Column<TriedHash>> TriedHash::columns()
{
    using Row = const TriedHash &;
    return {
        //: Column title: what one password hash costs, such as "64 MiB · 3 passes".
        {.title = HashTuningTexts::tr("Hash"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return HashTuningTexts::cost(row.trial.cost); }},
        //: Column title: how long one sign-in takes.
        {.title = HashTuningTexts::tr("One sign-in"),
         .characters = 10,
         .text = [](Row row, TimePoint) { return HashTuningTexts::time(row.trial.time); },
         .number = [](Row row) { return qint64(row.trial.time.count()); }},
        //: Column title: whether a hash that was tried is proposed.
        {.title = HashTuningTexts::tr("State"),
         .characters = 16,
         .text = [](Row row, TimePoint) { return HashTuningTexts::standing(row); },
         .tone = [](Row row) { return HashTuningTexts::tone(row); }},
        //: Column title: how many sign-ins a server can do in a second.
        {.title = HashTuningTexts::tr("Sign-ins a second"),
         .characters = 16,
         .text = [](Row row, TimePoint) { return HashTuningTexts::perSecond(row.perSecond); },
         .number = [](Row row) { return qint64(row.perSecond * 1000); }},
        //: Column title: the memory that is needed where many sign in at once.
        {.title = HashTuningTexts::tr("Memory in all"),
         .characters = 12,
         .text = [](Row row, TimePoint) { return row.memoryKib > 0 ? HashTuningTexts::memory(row.memoryKib) : QString(); },
         .number = [](Row row) { return row.memoryKib; }},
    };
}

} // namespace warder
