#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/config/SettingDefinition.h"
#include "core/console/Json.h"
#include "core/console/orders/Hashing.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds patience = std::chrono::minutes {10}; ///< Of a server that has more to do than to measure.

const QStringList trialHead {u"HASH"_s, u"ONE SIGN-IN"_s, u"SIGN-INS A SECOND"_s, u"MEMORY IN ALL"_s, u"STATE"_s};

QString counted(int number, const QString &one, const QString &many)
{
    return u"%1 %2"_s.arg(QString::number(number), number == 1 ? one : many);
}

QString memoryOf(qint64 kib) { return kib % 1024 == 0 ? u"%1 MiB"_s.arg(kib / 1024) : u"%1 KiB"_s.arg(kib); }

QString costOf(const HashCostView &cost)
{
    if (cost.isBcrypt())
        return u"cost %1"_s.arg(cost.bcryptCost);
    return u"%1, %2, %3"_s.arg(memoryOf(cost.memoryKib), counted(cost.iterations, u"pass"_s, u"passes"_s),
                               counted(cost.parallelism, u"lane"_s, u"lanes"_s));
}

QString timeOf(const HashTrialView &trial) { return u"%1 ms"_s.arg(double(trial.time.count()) / 1000, 0, 'f', 1); }

Result<int> numberGiven(const CommandContext &context, const QString &option, int otherwise)
{
    const auto typed = context.given(option);
    if (!typed)
        return otherwise;
    bool isNumber = false;
    const int number = typed->toInt(&isNumber);
    if (isNumber && number > 0)
        return number;
    return refused(ErrorCode::InvalidInput, u"--%1 is a whole number, not %2"_s.arg(option, shortened(*typed)));
}

Result<TuneHashing> orderOf(const CommandContext &context)
{
    const auto target = numberGiven(context, u"target"_s, int(TuneHashing::usualTarget.count()));
    if (!target)
        return refused(target);
    return numberGiven(context, u"memory"_s, 0).transform([&target](int memory) {
        return TuneHashing {.target = Milliseconds {*target}, .memoryMib = memory};
    });
}

/// Step by step; each is told on stderr, since somebody waits.
Result<TuningView> tunedBy(Console &console, TuneHashing order, HashCostView next)
{
    for (;;) {
        printQuestion(u"%1: "_s.arg(costOf(next)));
        const auto step = ConsoleAccess::wait(console, console.ask(order), patience);
        printQuestion(step ? timeOf(step->tried.last()) + u'\n' : u"\n"_s);
        if (!step || !step->next)
            return step;
        order.tried = step->tried;
        next = *step->next;
    }
}

QStringList rowOf(const HashTrialView &trial, bool isToday, const HashingView &here, const HashTrialView &proposed)
{
    QStringList states;
    if (isToday)
        states += u"today"_s;
    if (trial == proposed)
        states += u"proposed"_s;
    return {costOf(trial.cost), timeOf(trial), QString::number(here.perSecond(trial.time), 'f', 1),
            here.now.isBcrypt() ? u"-"_s : memoryOf(here.memoryKibOf(trial.cost)), states.join(u", "_s)};
}

void printTrials(const HashingView &here, const TuningView &tuning)
{
    QList<QStringList> rows;
    for (const HashTrialView &trial : tuning.tried)
        rows += rowOf(trial, rows.isEmpty(), here, *tuning.proposed);
    printTable(trialHead, rows, {});
    printLine(u"\n%1 at once (passwords.hashing_threads) on %2."_s.arg(
        counted(here.lanes, u"password is hashed"_s, u"passwords are hashed"_s), counted(here.cores, u"core"_s, u"cores"_s)));
}

QString linesOf(const QList<SettingChoice> &choices)
{
    QString lines;
    for (const auto &[key, value] : choices)
        lines += u"\n  %1 = %2"_s.arg(key, value.value_or(QString()));
    return lines;
}

void printOutcome(const TuneHashing &order, const HashingView &here, const HashTrialView &proposed, bool isStored)
{
    if (proposed.time > order.target)
        printLine(u"No hash that is safe is computed within %1 ms here; the quickest one is proposed."_s.arg(order.target.count()));
    if (proposed.cost == here.now)
        return printLine(u"The settings are right for this machine: nothing has to be changed."_s);
    printLine(u"%1%2"_s.arg(isStored ? u"Stored:"_s : u"Proposed:"_s, linesOf(proposed.cost.choices())));
    const SettingDefinition *setting = findSetting(proposed.cost.choices().first().key);
    if (setting && setting->effect == SettingEffect::AfterRestart)
        printLine(isStored ? u"They act after a restart of the server."_s
                           : u"--apply stores them; they act after a restart of the server."_s);
    printLine(u"A password whose hash is weaker gets a new one when its owner signs in next."_s);
}

QJsonObject jsonOf(const HashingView &here, const TuningView &tuning, bool isStored)
{
    QJsonObject settings;
    for (const auto &[key, value] : tuning.proposed->cost.choices())
        settings.insert(key, value.value_or(QString()));
    return {{u"hashing"_s, toJson(here)},
            {u"tried"_s, toJson(tuning.tried)},
            {u"proposed"_s, toJson(*tuning.proposed)},
            {u"settings"_s, settings},
            {u"stored"_s, isStored}};
}

} // namespace

int passwordTune(const CommandContext &context)
{
    const auto order = orderOf(context);
    if (!order)
        return wrongUsage(order.error().detail);
    const auto here = context.ask(ReadHashing {});
    if (!here)
        return fail(here.error());
    const auto tuning = tunedBy(context.console, *order, here->now);
    if (!tuning)
        return fail(tuning.error());
    const HashTrialView &proposed = *tuning->proposed;
    const bool isStored = context.parser.isSet(u"apply"_s) && proposed.cost != here->now;
    if (const auto stored = isStored ? context.ask(StoreSettings {.choices = proposed.cost.choices()}) : Result<QStringList>(); !stored)
        return fail(stored.error());
    if (context.json) {
        printJson(jsonOf(*here, *tuning, isStored));
    } else {
        printTrials(*here, *tuning);
        printOutcome(*order, *here, proposed, isStored);
    }
    return Done;
}

} // namespace warder
