#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {

void FakeConsole::teachBackups()
{
    teach<ListBackups>([this](const auto &) { return Play<ListBackups> {u"backups"_s, backups}; });
    teach<CreateBackup>([this](const CreateBackup &order) {
        const BackupView made {.file = u"/data/backups/warder-20261129T1403000%1Z.db"_s.arg(backups.backups.size() + 10),
                               .size = 1'300'000,
                               .createdAt = m_clock.now(),
                               .version = u"0.1.0"_s,
                               .users = 260,
                               .sessions = 240,
                               .keyCode = u"8587-7295"_s,
                               .checkedAt = m_clock.now()};
        if (!isToFail(u"createBackup"_s))
            backups.backups.prepend(made);
        return Play<CreateBackup> {u"createBackup %1"_s.arg(order.file), made};
    });
    teach<VerifyBackup>([this](const VerifyBackup &order) {
        const auto row = std::ranges::find(backups.backups, order.file, &BackupView::file);
        if (row == backups.backups.end())
            return Play<VerifyBackup> {u"verifyBackup %1"_s.arg(order.file), Result<BackupView>(refused(ErrorCode::NotFound))};
        row->checkedAt = m_clock.now();
        return Play<VerifyBackup> {u"verifyBackup %1"_s.arg(order.file), *row};
    });
}

/// The server that opens anew answers at once.
void FakeConsole::teachRestores()
{
    teach<PreviewRestore>([this](const PreviewRestore &order) {
        RestorePreview preview = restorePreview;
        preview.file = order.file;
        return Play<PreviewRestore> {u"previewRestore %1"_s.arg(order.file), preview};
    });
    teach<RestoreBackup>([this](const RestoreBackup &order) {
        const auto failure = m_failures.value(u"restoreBackup"_s);
        if (!failure || failure->code == ErrorCode::ConnectionLost) { // the answer was lost, not the order
            backups.former = u"/data/warder.db.before-restore-1"_s;
            backups.lastRestore = RestoreOutcome {
                .order = order.order, .at = m_clock.now(), .file = order.seen.file, .kept = backups.former, .problem = restoreProblem};
        }
        return Play<RestoreBackup> {u"restoreBackup %1"_s.arg(order.seen.file), Result<void>()};
    });
    teach<UndoRestore>([this](const UndoRestore &order) {
        backups.former.clear();
        backups.lastRestore =
            RestoreOutcome {.order = order.order, .at = m_clock.now(), .kept = u"/data/warder.db.undone"_s, .problem = restoreProblem};
        return Play<UndoRestore> {u"undoRestore %1"_s.arg(order.former), Result<void>()};
    });
}

} // namespace warder::test
