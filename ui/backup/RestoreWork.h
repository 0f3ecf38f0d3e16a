#pragma once

#include "core/console/orders/Backups.h"
#include "ui/PageContext.h"
#include "ui/support/Tone.h"

#include <QObject>
#include <QTimer>

namespace warder {

class WorkBar;

/// A restore, or taking one back, from its first question to what came of it: looks at what it would do, asks, has it carried out, and
/// goes on asking the server, which opens anew meanwhile, until that says what became of it. One at a time, shown in a bar. GUI thread.
class RestoreWork final : public QObject
{
    Q_OBJECT
public:
    /// `window`: before which its questions stand.
    RestoreWork(const PageContext &context, WorkBar &bar, QWidget *window);

    void restore(const QString &file);
    /// `former`: as BackupsView has it.
    void takeBack(const QString &former);

Q_SIGNALS:
    /// It has begun to show something in the bar, or ended that.
    void turned();
    /// What came of it. Nothing follows where somebody said no to its question.
    void ended(warder::Tone tone, const QString &text);

private:
    void confirmRestore(const RestorePreview &preview);
    template <typename Order>
    void give(const Order &order, const QString &text);
    void show(const QFuture<void> &answer, const QString &text);
    void await(Id order);
    void look();
    void end(Tone tone, const QString &text);
    void endRefused(const Error &error, bool isStopped);

    PageContext m_context;
    WorkBar &m_bar;
    QWidget *const m_window;
    QTimer m_looks;
    Id m_order; ///< Whose outcome is awaited.
    int m_looked = 0;
    bool m_isLooking = false;
};

} // namespace warder
