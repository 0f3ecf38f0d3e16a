#include "ui/settings/tuning/HashTuningTexts.h"

#include "ui/settings/tuning/TriedHash.h"
#include "ui/support/UiTexts.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Three digits or so: no measurement is more exact.
QString roughly(double number) { return QLocale().toString(number, 'f', number < 10 ? 1 : 0); }

} // namespace

QString HashTuningTexts::cost(const HashCostView &of)
{
    if (of.isBcrypt())
        //: What a bcrypt hash costs; %1 is a number, and one more doubles the work.
        return tr("Cost %1").arg(UiTexts::count(of.bcryptCost));
    QStringList phrases {memory(of.memoryKib)};
    //: What an Argon2id hash costs, beside its memory: how often it goes over that.
    phrases += tr("%Ln pass(es)", nullptr, of.iterations);
    if (of.parallelism != 1)
        //: What an Argon2id hash costs: parts of it that can be computed at the same time.
        phrases += tr("%Ln lane(s)", nullptr, of.parallelism);
    return UiTexts::inOneLine(phrases);
}

QString HashTuningTexts::time(std::chrono::microseconds span)
{
    //: A span of time in milliseconds, short.
    return tr("%1 ms").arg(roughly(double(span.count()) / 1000));
}

QString HashTuningTexts::memory(qint64 kib)
{
    constexpr qint64 kibInGib = 1024 * 1024;
    return QLocale().formattedDataSize(kib * 1024, kib < kibInGib ? 0 : 1);
}

QString HashTuningTexts::perSecond(double number) { return roughly(number); }

QString HashTuningTexts::standing(const TriedHash &tried)
{
    switch (tried.standing) {
    case TriedHash::Standing::Possible:
        //: Of a hash that was tried: it is quick enough, and not the strongest one that is.
        return tr("Possible");
    case TriedHash::Standing::TooSlow:
        //: Of a hash that was tried: it takes longer than a sign-in may.
        return tried.isToday ? tr("Today, too slow") : /*: Of a hash that was tried: it takes longer than a sign-in may. */ tr("Too slow");
    case TriedHash::Standing::Today:
        //: Of a hash that was tried: the settings that are in force make such ones.
        return tr("Today");
    case TriedHash::Standing::Proposed:
        //: Of a hash that was tried: the best one, which the settings make already.
        return tried.isToday ? tr("Today, proposed") : /*: Of a hash that was tried: the best one. */ tr("Proposed");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone HashTuningTexts::tone(const TriedHash &tried)
{
    switch (tried.standing) {
    case TriedHash::Standing::Possible: return Tone::Neutral;
    case TriedHash::Standing::TooSlow:  return Tone::Warning;
    case TriedHash::Standing::Today:    return Tone::Info;
    case TriedHash::Standing::Proposed: return Tone::Good;
    }
    Q_UNREACHABLE_RETURN({});
}

QString HashTuningTexts::introduction(const HashingView &here)
{
    //: What a dialog does; %1 is the name of an algorithm.
    return tr("Measures on the server’s machine how long one password hash takes (%1), and proposes the strongest one that a sign-in has "
              "time for. That takes some seconds. Nobody who signs in waits for it, and nothing changes by it.")
        .arg(UiTexts::foreign(here.algorithm));
}

QString HashTuningTexts::share(const HashingView &here, int memoryMib)
{
    if (here.now.isBcrypt())
        //: Below the fields of a tuning; %1 is the name of a setting.
        return tr("%Ln password(s) are hashed at once (%1).", nullptr, here.lanes).arg("passwords.hashing_threads"_L1);
    //: Below the fields of a tuning; %1 is the name of a setting, %2 an amount of memory such as "64 MiB".
    return tr("%Ln password(s) are hashed at once (%1), each with %2 at most.", nullptr, here.lanes)
        .arg("passwords.hashing_threads"_L1, memory(qint64(memoryMib) * 1024 / here.lanes));
}

QString HashTuningTexts::measuring(const HashCostView &of)
{
    //: While a hash is measured; %1 is what it costs, such as "64 MiB · 3 passes".
    return tr("Measuring: %1…").arg(cost(of));
}

QString HashTuningTexts::outcome(const HashingView &here, const HashTrialView &today, const HashTrialView &proposed, SettingEffect effect)
{
    QStringList sentences;
    //: What a tuning found; %1 and %3 are times such as "240 ms", %2 and %4 what a hash costs, such as "64 MiB · 3 passes".
    sentences += tr("A sign-in would take %1 (%2) in place of today’s %3 (%4).")
                     .arg(time(proposed.time), cost(proposed.cost), time(today.time), cost(today.cost));
    //: What a tuning found; both are numbers.
    sentences += tr("At full use that makes about %1 sign-ins a second in place of %2.")
                     .arg(perSecond(here.perSecond(proposed.time)), perSecond(here.perSecond(today.time)));
    if (!here.now.isBcrypt())
        //: What a tuning found; both are amounts of memory.
        sentences += tr("It needs %1 of memory then in place of %2.")
                         .arg(memory(here.memoryKibOf(proposed.cost)), memory(here.memoryKibOf(today.cost)));
    if (effect == SettingEffect::AfterRestart)
        //: When a proposal acts.
        sentences += tr("Once applied, it acts after a restart of the server.");
    //: What becomes of the passwords that there are.
    sentences += tr("A password whose hash is weaker gets a new one when its owner signs in next.");
    return sentences.join(u' ');
}

QString HashTuningTexts::unchanged()
{
    //: What a tuning found.
    return tr("The settings are right for this machine: nothing has to be changed.");
}

QString HashTuningTexts::stopped()
{
    //: Somebody stopped a tuning.
    return tr("Stopped. Nothing was changed.");
}

QString HashTuningTexts::tooSlow(Milliseconds target)
{
    //: What a tuning found; %1 is a time such as "50 ms".
    return tr("No hash that is safe is computed within %1 here; this is the quickest one.").arg(time(target));
}

} // namespace warder
