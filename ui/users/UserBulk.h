#pragma once

#include "core/console/Console.h"
#include "ui/PageContext.h"
#include "ui/support/Undo.h"
#include "ui/users/BulkDialog.h"

#include <QObject>

#include <optional>

class QWidget;

namespace warder {

class WorkBar;

/// Changes many users by one order: asks, shows how far it is, stops it, asks again where their number changed meanwhile, and says what was
/// done. A part of the page of users. GUI thread.
class UserBulk final : public QObject
{
    Q_OBJECT
public:
    /// `page` hears how the orders went (AnswerListener), and is the parent.
    UserBulk(const PageContext &context, WorkBar &work, QWidget *page);

    void start(AccountAct act, const BulkChoice &choice, const QString &remark = {});

Q_SIGNALS:
    /// See Page::done().
    void done(const QString &text, const warder::Undo &undo);
    void failed(const warder::Error &error);
    /// See Page::attentionWanted().
    void attentionWanted();

private:
    /// `turn`: the order takes another one back.
    void give(const ChangeUsers &wanted, const std::optional<UndoTurn> &turn = {});
    void stop(const Id &work);
    void report(const ChangeUsers &order, const UsersChanged &changed);
    void reportUndone(const ChangeUsers &order, const UsersChanged &changed, const UndoTurn &turn);
    /// Of whom the order changed; who is not as it left them any more stays so.
    Undo undoOf(const ChangeUsers &order, const UsersChanged &changed);
    void reportError(const ChangeUsers &order, const Error &error);
    void askAgain(const ChangeUsers &order);

    PageContext m_context;
    WorkBar &m_work;
    QWidget *m_page;
};

} // namespace warder
