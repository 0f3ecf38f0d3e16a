#include "ui/backup/RestoreWork.h"

#include "ui/backup/BackupTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/WorkBar.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

constexpr auto lookEvery = 500ms;
constexpr int mostLooks = 240; // two minutes: a server ends within ten seconds, and may open twice

} // namespace

RestoreWork::RestoreWork(const PageContext &context, WorkBar &bar, QWidget *window)
    : QObject(window), m_context(context), m_bar(bar), m_window(window)
{
    m_looks.setInterval(lookEvery);
    connect(&m_looks, &QTimer::timeout, this, &RestoreWork::look);
}

void RestoreWork::show(const QFuture<void> &answer, const QString &text)
{
    m_bar.follow(text, answer);
    Q_EMIT turned();
}

void RestoreWork::end(Tone tone, const QString &text)
{
    m_looks.stop();
    m_bar.end();
    Q_EMIT turned();
    Q_EMIT ended(tone, text);
}

void RestoreWork::endRefused(const Error &error, bool isStopped)
{
    if (isStopped)
        //: Somebody stopped a restore of a backup before it was carried out.
        return end(Tone::Neutral, tr("Stopped. Nothing was restored."));
    if (error.code == ErrorCode::Conflict)
        //: A restore was refused; %1 quotes why.
        return end(Tone::Bad, tr("Nothing was restored: something is not as it was shown. %1").arg(UiTexts::reason(error.detail)));
    end(Tone::Bad, UiTexts::of(error));
}

void RestoreWork::restore(const QString &file)
{
    const auto looking = m_context.console.ask(PreviewRestore {.file = file});
    //: While a backup is compared with the database of now.
    show(QFuture<void>(looking), tr("Looking at what it would change…"));
    ask(
        looking, this, [this](const RestorePreview &preview) { confirmRestore(preview); },
        [this, looking](const Error &error) { endRefused(error, looking.isCanceled()); });
}

void RestoreWork::confirmRestore(const RestorePreview &preview)
{
    if (preview.key != KeyFit::Fits)
        return end(Tone::Bad, BackupTexts::needsOtherKey(preview));
    if (!m_window->isVisible())
        //: The dialog was closed before it could ask whether a backup shall be restored.
        return end(Tone::Neutral, tr("Nothing was restored: nobody was there to be asked."));
    m_bar.end();
    Q_EMIT turned();
    const qint64 lost = preview.difference ? preview.difference->usersLost.count : 0;
    const ManyConfirmation what {.question = BackupTexts::restoreQuestion(preview),
                                 .effect = BackupTexts::consequences(preview),
                                 //: Button: puts a backup in the place of the database.
                                 .action = tr("Restore"),
                                 .number = std::max<qint64>(lost, 1)}; // many are typed once more, none is no reason not to
    auto *sheet = new ConfirmSheet(what, m_window, [this, preview] {
        give(RestoreBackup {.order = Id::create(m_context.clock.now()), .seen = preview},
             /*: While a backup is copied beside the database, in whose place it is to come. */ tr("Making the backup ready…"));
    });
    sheet->open();
}

void RestoreWork::takeBack(const QString &former)
{
    const Confirmation what {//: Question.
                             .question = tr("Take the last restore back?"),
                             //: What follows when a restore is taken back; %1 is a file.
                             .effect = tr("The database of before is put in place again (%1), and the server opens anew with it, within "
                                          "seconds. What was written since the restore is not in it; the restored database is kept beside.")
                                           .arg(UiTexts::foreign(former)),
                             //: Button: takes the last restore of a backup back.
                             .action = tr("Take back")};
    confirm(m_window, what, [this, former] {
        give(UndoRestore {.order = Id::create(m_context.clock.now()), .former = former},
             /*: While the database of before a restore is put back. */ tr("Taking the restore back…"));
    });
}

template <typename Order>
void RestoreWork::give(const Order &order, const QString &text)
{
    const auto taken = m_context.console.ask(order);
    show(QFuture<void>(taken), text);
    ask(
        taken, this, [this, id = order.order] { await(id); },
        [this, taken, id = order.order](const Error &error) {
            if (error.code == ErrorCode::ConnectionLost && !taken.isCanceled()) // the server's end may be faster than its answer
                return await(id);
            endRefused(error, taken.isCanceled());
        });
}

void RestoreWork::await(Id order)
{
    m_order = order;
    m_looked = 0;
    //: While the server ends, and begins again with another database.
    m_bar.begin(tr("The server opens anew…"), [this] {
        //: Somebody does not want to wait for what comes of a restore.
        end(Tone::Neutral, tr("The server goes on with it. This list says later what came of it."));
    });
    m_looks.start();
}

void RestoreWork::look()
{
    if (++m_looked > mostLooks)
        //: After a restore was ordered, the server was gone, and said for minutes not what came of it.
        return end(Tone::Bad, tr("The server does not say what came of it. Look at its log."));
    if (std::exchange(m_isLooking, true))
        return;
    ask(
        m_context.console.ask(ListBackups {}), this,
        [this](const BackupsView &all) {
            m_isLooking = false;
            if (m_looks.isActive() && all.lastRestore && all.lastRestore->order == m_order)
                end(BackupTexts::tone(*all.lastRestore), BackupTexts::outcome(*all.lastRestore));
        },
        [this](const Error &) { m_isLooking = false; }); // it is not there yet
}

} // namespace warder
