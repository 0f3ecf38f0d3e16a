#include "core/backup/Backups.h"
#include "core/console/BackupViews.h"
#include "core/console/local/LocalConsole.h"

#include <tuple>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

BackupSteps stepsOf(ConsoleContext &console, Errand &errand)
{
    return {.progress = [&errand](qint64 done, qint64 all) { errand.reportProgress(done, all); },
            .stop = [&console, &errand] { return console.isClosing || errand.isCanceled(); }};
}

Result<BackupsView> list(ConsoleContext &console, const ListBackups &, Errand &)
{
    return console.backups.list().transform([&console](const QList<KnownBackup> &known) {
        BackupsView view = viewOfBackups(console.backups.policy(), known);
        view.former = console.backups.former(console.now());
        view.lastRestore = console.backups.lastRestore();
        return view;
    });
}

Result<BackupView> create(ConsoleContext &console, const CreateBackup &order, Errand &errand)
{
    if (!order.file.isEmpty() && !order.file.startsWith(u'/'))
        return refused(ErrorCode::InvalidInput, u"file: must be an absolute path"_s);
    return console.backups.create(order.file, console.actor, console.now(), stepsOf(console, errand)).transform(viewOfBackup);
}

Result<BackupView> verify(ConsoleContext &console, const VerifyBackup &order, Errand &errand)
{
    if (order.file.isEmpty())
        return refused(ErrorCode::InvalidInput, u"file: is missing"_s);
    return console.backups.verify(order.file, console.now(), stepsOf(console, errand)).transform(viewOfBackup);
}

Result<RestorePreview> previewRestore(ConsoleContext &console, const PreviewRestore &order, Errand &errand)
{
    if (order.file.isEmpty())
        return refused(ErrorCode::InvalidInput, u"file: is missing"_s);
    return console.backups.planRestore(order.file, console.now(), stepsOf(console, errand)).transform([](const PlannedRestore &planned) {
        return viewOfRestore(planned.path, planned.preview, planned.key);
    });
}

/// What a person decides by.
auto weightOf(const BackupDifference &difference)
{
    return std::tuple(difference.usersLost, difference.usersBack, difference.usersChanged, difference.keysLost, difference.keysBack,
                      difference.keysChanged);
}

Result<void> mayRestore(const RestorePreview &seen, const RestorePreview &now)
{
    if (now.key != KeyFit::Fits)
        return refused(ErrorCode::Conflict,
                       u"%1 needs the master key with the check code %2, which is not the one here: stop the server, and give "
                       "`warderd backup restore` with --other-key"_s.arg(now.file, now.keyCode));
    const bool isAnother = seen.digest != now.digest;
    const bool differsNow = seen.difference && now.difference && weightOf(*seen.difference) != weightOf(*now.difference);
    if (!isAnother && !differsNow)
        return {};
    return refused(ErrorCode::Conflict, isAnother
                                            ? u"%1 is another backup than the one that was looked at: look at it again"_s.arg(now.file)
                                            : u"users or keys have changed since somebody looked at what the restore would do: look at "
                                              "it again, or pause the server before"_s);
}

Result<void> restore(ConsoleContext &console, const RestoreBackup &order, Errand &errand)
{
    if (order.order.isNull() || !order.seen.file.startsWith(u'/'))
        return refused(ErrorCode::InvalidInput, u"a restore has an id, and an absolute path of its backup"_s);
    const auto handOver = [&](const PlannedRestore &planned, std::unique_ptr<BackupRestore> prepared) {
        return mayRestore(order.seen, viewOfRestore(planned.path, planned.preview, planned.key)).and_then([&]() -> Result<void> {
            if (errand.isCanceled())
                return refused(ErrorCode::Busy, u"it was stopped before it was complete"_s);
            return console.server.exchange(DatabaseExchange::toBackup(order.order, std::move(prepared), console.actor));
        });
    };
    return console.backups.makeReady(order.seen.file, console.now(), stepsOf(console, errand), handOver);
}

Result<void> undoRestore(ConsoleContext &console, const UndoRestore &order, Errand &)
{
    const QString former = console.backups.former(console.now());
    if (former.isEmpty())
        return refused(ErrorCode::NotFound, u"nothing was restored here, or it was taken back already"_s);
    if (order.order.isNull() || order.former != former)
        return refused(ErrorCode::Conflict, u"%1 is not what the last restore has replaced any more: look again"_s.arg(order.former));
    return console.server.exchange(DatabaseExchange::toFormer(order.order, former, console.actor));
}

} // namespace

void LocalConsole::addBackupHandlers()
{
    add(list);
    addLong(m_bulk, create);
    addLong(m_bulk, verify);
    addLong(m_bulk, previewRestore);
    addLong(m_bulk, restore);
    addLong(m_bulk, undoRestore);
}

} // namespace warder
