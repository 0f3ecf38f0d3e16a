#include "ui/users/UserBulk.h"

#include "ui/support/Ask.h"
#include "ui/users/BulkTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/WorkBar.h"

#include <QWidget>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What takes an order back; nothing: nothing does.
std::optional<AccountAct> contraryOf(AccountAct act)
{
    switch (act) {
    case AccountAct::Disable:     return AccountAct::Enable;
    case AccountAct::Enable:      return AccountAct::Disable;
    case AccountAct::AddRole:     return AccountAct::RemoveRole;
    case AccountAct::RemoveRole:  return AccountAct::AddRole;
    case AccountAct::EndSessions: return std::nullopt;
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

/// More than none where it was stopped.
qint64 unreachedBy(const ChangeUsers &order, const UsersChanged &changed) { return order.seen - changed.changed - changed.left; }

QString withUnreached(const QString &said, const ChangeUsers &order, const UsersChanged &changed)
{
    const qint64 unreached = unreachedBy(order, changed);
    return unreached > 0 ? said + u' ' + BulkTexts::stopped(unreached) : said;
}

} // namespace

UserBulk::UserBulk(const PageContext &context, WorkBar &work, QWidget *page) : QObject(page), m_context(context), m_work(work), m_page(page)
{}

void UserBulk::start(AccountAct act, const BulkChoice &choice, const QString &remark)
{
    if (m_work.isBusy())
        return Q_EMIT done(BulkTexts::busy(), Undo());
    auto *dialog = new BulkDialog(act, choice, remark, m_page, [this](const ChangeUsers &order) { give(order); });
    dialog->open();
}

/// Also where something else has begun since the question: the page has one bar for what takes long.
void UserBulk::give(const ChangeUsers &wanted, const std::optional<UndoTurn> &turn)
{
    if (m_work.isBusy())
        return Q_EMIT done(BulkTexts::busy(), Undo());
    ChangeUsers order = wanted;
    order.work = Id::create(m_context.clock.now());
    const auto changing = m_context.console.ask(order);
    m_work.follow(BulkTexts::working(order.act, order.seen), QFuture<void>(changing), [this, work = *order.work] { stop(work); });
    ask(
        changing, m_page,
        [this, order, turn](const UsersChanged &changed) {
            m_work.end();
            if (turn)
                reportUndone(order, changed, *turn);
            else
                report(order, changed);
        },
        [this, order](const Error &error) {
            m_work.end();
            reportError(order, error);
        });
}

/// Not by cancelling: what was done by then would be known to nobody, and could not be taken back.
void UserBulk::stop(const Id &work)
{
    ask(m_context.console.ask(StopChange {.work = work}), m_page, [] {}, [this](const Error &error) { Q_EMIT failed(error); });
}

void UserBulk::report(const ChangeUsers &order, const UsersChanged &changed)
{
    Q_EMIT done(withUnreached(BulkTexts::done(order.act, order.role, changed), order, changed), undoOf(order, changed));
}

/// One that was stopped can be tried again.
void UserBulk::reportUndone(const ChangeUsers &order, const UsersChanged &changed, const UndoTurn &turn)
{
    turn.end(unreachedBy(order, changed) == 0 ? UndoEnd::TakenBack : UndoEnd::Kept);
    Q_EMIT done(withUnreached(BulkTexts::undone(changed), order, changed), Undo());
}

/// The server leaves whoever is so already: that needs no look before.
Undo UserBulk::undoOf(const ChangeUsers &order, const UsersChanged &changed)
{
    const auto contrary = contraryOf(order.act);
    if (!contrary || changed.users.isEmpty())
        return {};
    const ChangeUsers back {.act = *contrary, .role = order.role, .users = changed.users, .seen = changed.users.size()};
    const auto begin = [this, back](const UndoTurn &turn) {
        confirm(m_page, BulkTexts::beforeUndo(back.act, back.seen), [this, back, turn] {
            Q_EMIT attentionWanted(); // it can be stopped there
            give(back, turn);
        });
    };
    return {.what = BulkTexts::undoName(order.act, order.role, changed.changed),
            .about = needsRole(order.act) ? u"users/role/"_s + order.role : u"users/switch"_s,
            .begin = begin};
}

void UserBulk::reportError(const ChangeUsers &order, const Error &error)
{
    if (error.code == ErrorCode::Conflict && order.shown)
        askAgain(order);
    else
        Q_EMIT failed(error);
}

/// Some came or went between the question and the order, which changed nobody: asks again with the number of now.
void UserBulk::askAgain(const ChangeUsers &order)
{
    const auto again = [this, order](qint64 total) {
        if (total == 0)
            return Q_EMIT done(BulkTexts::nobodyLeft(), Undo());
        start(order.act, {.selected = {}, .filter = *order.shown, .total = total}, BulkTexts::countChanged());
    };
    ask(m_context.console.ask(CountUsers {.text = order.shown->text, .deleted = order.shown->deleted}), m_page, again,
        [this](const Error &error) { Q_EMIT failed(error); });
}

} // namespace warder
