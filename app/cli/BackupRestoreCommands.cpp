#include "app/cli/Commands.h"
#include "app/cli/RestoreWords.h"
#include "core/backup/BackupPolicy.h"
#include "core/backup/BackupRestore.h"
#include "core/console/BackupViews.h"
#include "core/console/Json.h"
#include "core/console/orders/Server.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/sealing/MasterKeySources.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds patience = std::chrono::hours {12}; ///< Of a server that copies, or reads, a very large database.

/// A key that does not fit would be overwritten by the one that does, and the database of now is worth nothing without it.
Result<void> mayReplaceKey(const RestorePreview &preview, const QCommandLineParser &parser)
{
    if (preview.key != KeyFit::Other || parser.isSet(u"other-key"_s))
        return {};
    return refused(ErrorCode::Conflict,
                   u"%1 Save the one here (`warderd master-key export`), have the other one at hand, and give --other-key; "
                   "`warderd master-key import` takes it once the backup is restored"_s.arg(adviceOnKey(preview)));
}

int undoAlone(const DataDirectory &directory, const QCommandLineParser &parser)
{
    if (!isUndoAgreed(parser))
        return Refused;
    const auto undone = BackupRestore::undo(directory, u"command line"_s, SystemClock().now());
    if (!undone)
        return fail(undone.error());
    printLine(u"The database of before is back. The restored one is kept as %1."_s.arg(*undone));
    return Done;
}

int applyRestore(BackupRestore &restore, const RestorePreview &preview)
{
    const auto kept = restore.apply(u"command line"_s, SystemClock().now());
    if (!kept)
        return fail(kept.error());
    printLine(u"Restored. Start the server: whoever was signed in then is signed in again, also with a token of since then."_s);
    if (!kept->isEmpty())
        printLine(u"The database of before is kept as %1: `warderd backup restore --undo` takes this back."_s.arg(*kept));
    if (const QString advice = adviceOnKey(preview); !advice.isEmpty())
        printLine(advice + (preview.key == KeyFit::Other ? u" Put that one back: `warderd master-key import`."_s : QString()));
    return Done;
}

/// The preview alone, without a question.
int showTrial(const RestorePreview &preview, bool json)
{
    if (json) {
        printJson(toJson(preview));
        return Done;
    }
    printPreview(preview);
    if (const QString advice = adviceOnKey(preview); !advice.isEmpty())
        printLine(advice);
    return Done;
}

int restoreAlone(const DataDirectory &directory, const Settings &settings, const QCommandLineParser &parser)
{
    const QString typed = parser.positionalArguments().value(2);
    const QString inFolder = BackupPolicy::from(settings, directory.path()).directory + u'/' + typed;
    const QString place = typedPlace(typed);
    const QString file = QFileInfo(place.isEmpty() ? inFolder : place).absoluteFilePath();
    BackupRestore restore(directory.databasePath());
    const auto prepared = restore.prepare(file, SystemClock().now());
    if (!prepared)
        return fail(prepared.error());
    const MasterKeySources sources(directory.masterKeyPath(), MasterKeyPolicy::from(settings));
    const RestorePreview preview = viewOfRestore(file, *prepared, BackupCheck::fitAmong(prepared->backup, sources));
    if (parser.isSet(u"dry-run"_s))
        return showTrial(preview, parser.isSet(u"json"_s));
    printPreview(preview);
    if (const auto may = mayReplaceKey(preview, parser); !may)
        return fail(may.error());
    return isRestoreAgreed(parser) ? applyRestore(restore, preview) : int(Refused);
}

Result<RestoreOutcome> outcomeOf(const Id &order, const QString &dataDirectory)
{
    const auto isOfOrder = [&order](const BackupsView &all) { return all.lastRestore && all.lastRestore->order == order; };
    return ConsoleAccess::askAnew(dataDirectory, ListBackups {}, isOfOrder).transform([](const BackupsView &all) {
        return *all.lastRestore;
    });
}

/// Gives the order to the server, which opens anew meanwhile.
template <typename Order>
Result<RestoreOutcome> carryOut(const CommandContext &context, const Order &order)
{
    const auto directory =
        context.ask(ReadOverview {}).transform([](const OverviewView &overview) { return overview.server.dataDirectory; });
    if (!directory)
        return refused(directory);
    if (const auto taken = ConsoleAccess::wait(context.console, context.console.ask(order), patience); !taken)
        return refused(taken);
    const auto outcome = outcomeOf(order.order, *directory);
    if (outcome && !outcome->problem.isEmpty())
        return refused(ErrorCode::StorageFailure, u"the database of before serves on: %1"_s.arg(outcome->problem));
    return outcome;
}

int undoServed(const CommandContext &context)
{
    const auto all = context.ask(ListBackups {});
    if (!all)
        return fail(all.error());
    if (all->former.isEmpty())
        return fail({.code = ErrorCode::NotFound, .detail = u"nothing was restored here, or it was taken back already"_s});
    if (!isUndoAgreed(context.parser))
        return Refused;
    const auto undone = carryOut(context, UndoRestore {.order = Id::create(SystemClock().now()), .former = all->former});
    if (!undone)
        return fail(undone.error());
    printLine(u"The database of before is back, and the server serves it. The restored one is kept as %1."_s.arg(undone->kept));
    return Done;
}

/// Whoever did not look, because of --yes, means whatever it would change.
RestorePreview seenBy(RestorePreview preview, const QCommandLineParser &parser)
{
    if (parser.isSet(u"yes"_s))
        preview.difference.reset();
    return preview;
}

int restoreServed(const CommandContext &context)
{
    const QString typed = context.arguments.value(0);
    const QString place = typedPlace(typed);
    const PreviewRestore question {.file = place.isEmpty() ? typed : place};
    const auto preview = ConsoleAccess::wait(context.console, context.console.ask(question), patience);
    if (!preview)
        return fail(preview.error());
    if (context.parser.isSet(u"dry-run"_s))
        return showTrial(*preview, context.json);
    printPreview(*preview);
    if (const QString advice = adviceOnKey(*preview); !advice.isEmpty())
        return fail({.code = ErrorCode::Conflict, .detail = advice + u" Stop the server, and give --other-key: it would not open this"_s});
    if (!isRestoreAgreed(context.parser))
        return Refused;
    const RestoreBackup order {.order = Id::create(SystemClock().now()), .seen = seenBy(*preview, context.parser)};
    const auto restored = carryOut(context, order);
    if (!restored)
        return fail(restored.error());
    printLine(u"Restored, and the server serves it: whoever was signed in then is signed in again, also with a token of since then."_s);
    printLine(u"The database of before is kept as %1: `warderd backup restore --undo` takes this back."_s.arg(restored->kept));
    return Done;
}

} // namespace

int backupRestore(const CommandContext &context)
{
    if (const QString fault = faultOfRestore(context.parser); !fault.isEmpty())
        return wrongUsage(fault);
    return context.parser.isSet(u"undo"_s) ? undoServed(context) : restoreServed(context);
}

int backupRestoreAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser)
{
    if (const QString fault = faultOfRestore(parser); !fault.isEmpty())
        return wrongUsage(fault);
    CryptoLibraries libraries;
    if (const auto fit = libraries.check(); !fit)
        return cannotRun(fit.error());
    const bool isUndo = parser.isSet(u"undo"_s);
    const auto making = isUndo || parser.isSet(u"dry-run"_s) ? DataDirectory::Making::Never : DataDirectory::Making::IfMissing;
    const auto directory = DataDirectory::open(options.dataDirectory, making);
    if (!directory)
        return cannotRun(directory.error());
    return isUndo ? undoAlone(*directory, parser) : restoreAlone(*directory, settings, parser);
}

} // namespace warder
