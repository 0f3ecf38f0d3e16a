#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"
#include "ui/support/WindowProblem.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace warder {

class DataTable;

/// What the frame asks of a page. A page takes a snapshot when it is first shown, on F5, and when the journal no longer has what it missed;
/// between those it applies the changes that it is handed. Messages are not shown by the page itself: the frame has a toast for what is
/// done, and a strip for what is wrong until it is over. GUI thread.
class Page : public QWidget, public AnswerListener
{
    Q_OBJECT
public:
    Page(const PageContext &context, const QString &title, const QString &subtitle, QWidget *parent);
    ~Page() override;

    virtual void refresh() = 0;
    /// For a page nobody has looked at yet the first snapshot is still to come.
    void refreshIfShown();
    virtual void apply(const QList<Change> &) {}
    /// The numbers of the server, which the frame reads once a second. `answers`: whether they are of now.
    virtual void present(const OverviewView &, bool /*answers*/) {}
    /// Ctrl+F.
    virtual void focusFilter() {}
    /// A jump from elsewhere in the window: shows exactly this, whatever was filtered there before, and does not remember it.
    virtual void filterBy(const PageFilter &) {}
    /// Help → First steps.
    virtual void showFirstSteps() {}
    /// Columns and filters into the settings.
    virtual void remember();
    /// Where the keyboard goes when the page comes up; null: it stays in the sidebar.
    virtual QWidget *firstControl() { return nullptr; }

    QString title() const;
    void answered(const void *question, bool succeeded) final;

    const QList<WindowProblem> &problems() const { return m_problems; }
    void forgetProblems();

Q_SIGNALS:
    /// What is done, once and in passing. `undo` asks whether to take it back, where that can be done; Ctrl+Z on the page does the same.
    void done(const QString &text, const std::function<void()> &undo = nullptr);
    void problemsChanged();
    /// Asks the frame to go to a page by its key and to filter it.
    void goTo(const QString &pageKey, const warder::PageFilter &filter);
    /// Asks the frame to read what present() shows now.
    void overviewWanted();

protected:
    /// Once a second while the page is in view. A clock that was set back has it read anew: what time took away may be back.
    virtual void everySecond() {}

    /// At the right of the title, or the next one to the right.
    void addControl(QWidget *control);
    QVBoxLayout *body() const { return m_body; }
    const PageContext &context() const { return m_context; }
    TimePoint now() const { return m_context.clock.now(); }
    /// A table of the page, with its model: its columns are remembered, and its rows are what it exports.
    void adopt(DataTable &table);
    /// Stands until the next good answer to a question of that kind. `said`: a sentence that comes before. `again`: gives an order once
    /// more that is partly done, in place of reading the page anew.
    void showError(const Error &error, const QString &said = {}, const std::function<void()> &again = {});
    /// Asks the console, and shows the error if that is its answer.
    template <typename Order, typename OnValue>
    void giveOrder(const Order &order, OnValue onValue)
    {
        ask(m_context.console.ask(order), this, onValue, [this](const Error &error) { showError(error); });
    }

    /// The same, one question of a kind at a time. While an answer is on its way, the newest question waits for it and is asked then:
    /// that answer may be older than the reason to ask again.
    template <typename Order, typename OnValue>
    void giveOnce(const Order &order, OnValue onValue)
    {
        const void *question = &questionFor<typename Order::Answer>;
        if (m_asked.contains(question)) {
            m_asked[question] = [this, order, onValue] { giveOnce(order, onValue); };
            return;
        }
        m_asked.insert(question, {});
        giveOrder(order, onValue);
    }

    /// Reports that a list was written to a file, or that it was not: `why` is a sentence, shown until a list is written.
    void reportWritten(qint64 rows, const QString &file);
    void reportNotWritten(const QString &file, const QString &why);

    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void save(const DataTable &table, const QString &file);
    /// New or changed.
    void putProblem(const WindowProblem &problem);
    void endProblem(const QString &id);

    PageContext m_context;
    QLabel *m_title;
    QHBoxLayout *m_actions;
    QList<WindowProblem> m_problems;
    QHash<const void *, std::function<void()>> m_asked; ///< What giveOnce() waits for, and what it asks then; often nothing.
    const void *m_question = nullptr;                   ///< What the newest answer was about.
    QVBoxLayout *m_body;
    QList<DataTable *> m_tables;
    QTimer m_timer;
    TimePoint m_lastTick {};
    bool m_shownBefore = false;
};

} // namespace warder
