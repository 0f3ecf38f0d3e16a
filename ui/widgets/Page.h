#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"
#include "ui/support/Undo.h"
#include "ui/support/WindowProblem.h"
#include "ui/widgets/WayBack.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QVBoxLayout;

namespace warder {

class DataTable;
class PageHead;

/// What the frame asks of a page. A page takes a snapshot when it is first shown, on F5, and when the journal no longer has what it missed;
/// between those it applies the changes that it is handed. Messages are not shown by the page itself: the frame has a toast for what is
/// done, and a strip for what is wrong until it is over. GUI thread.
class Page : public QWidget, public AnswerListener
{
    Q_OBJECT
public:
    /// `about`: what the page is, in a sentence.
    Page(const PageContext &context, const QString &title, const QString &about, QWidget *parent);
    ~Page() override;

    virtual void refresh() = 0;
    /// F5: the same, and what waits in its tables shows.
    void readAnew();
    /// For a page nobody has looked at yet the first snapshot is still to come.
    void refreshIfShown();
    virtual void apply(const QList<Change> &) {}
    /// The numbers of the server, which the frame reads once a second. `answers`: whether they are of now.
    virtual void present(const OverviewView &, bool /*answers*/) {}
    /// Ctrl+F, on a page that has one.
    virtual void focusFilter() {}
    virtual bool hasFilter() const;
    /// F6: the lists and the details beside them, as they are read.
    virtual QList<QWidget *> parts() const;
    virtual bool hasParts() const;
    void goToNextPart();
    /// What stands on this page and has a name of its own, for the palette of commands: of settings, their names.
    virtual QList<PagePlace> places() const { return {}; }
    /// A jump from elsewhere in the window: shows exactly this, whatever was filtered there before, and does not remember it.
    virtual void filterBy(const PageFilter &) {}
    /// Help → First steps.
    virtual void showFirstSteps() {}
    /// Help → Connect your app.
    virtual void showHowToConnect() {}
    /// View → Why was this refused?
    virtual void askWhyRefused() {}
    /// Columns and filters into the settings.
    virtual void remember();
    /// Where the keyboard goes when the page comes up; null: it stays in the sidebar.
    virtual QWidget *firstControl() { return nullptr; }

    QString title() const;
    void answered(const void *question, bool succeeded) final;

    const QList<WindowProblem> &problems() const { return m_problems; }
    void forgetProblems();

    /// Something to take back as `way` says. Looks before the question, and once more after it, whether it still is as it was left: if not
    /// it is void, and nothing is ordered. `onBack` hears the answer to the order. For the page and its parts.
    template <typename Read, typename Back, typename OnBack>
    Undo undoBy(const WayBack<Read, Back> &way, OnBack onBack)
    {
        using Now = typename WayBack<Read, Back>::Now;
        const auto takeBack = [this, way, onBack](const UndoTurn &turn) {
            const auto onTaken = [turn, onBack](const auto &...answer) {
                turn.end(UndoEnd::TakenBack);
                onBack(answer...);
            };
            ask(m_context.console.ask(way.back), this, onTaken, [this](const Error &error) { showUndoError(error); });
        };
        const auto begin = [this, way, takeBack](const UndoTurn &turn) {
            readForUndo(way.read, turn, [this, way, takeBack, turn](const Now &now) {
                if (!way.stands(now))
                    return turn.end(UndoEnd::Void);
                confirm(this, way.question(now), [this, way, takeBack, turn] {
                    readForUndo(way.read, turn,
                                [way, takeBack, turn](const Now &still) { way.stands(still) ? takeBack(turn) : turn.end(UndoEnd::Void); });
                });
            });
        };
        return {.what = way.what, .about = way.about, .begin = begin};
    }

Q_SIGNALS:
    /// What is done, once and in passing; `undo` where it can be taken back.
    void done(const QString &text, const warder::Undo &undo = warder::Undo());
    void problemsChanged();
    /// Asks the frame to go to a page by its key and to filter it.
    void goTo(const QString &pageKey, const warder::PageFilter &filter);
    /// Asks the frame to read what present() shows now.
    void overviewWanted();
    /// Asks the frame for the menu of what the server can be ordered, at that place of the screen.
    void serverOrdersWanted(const QPoint &place);
    /// Asks the frame for a number with the mark of a warning beside the name of a page, and these words for it; none for 0.
    void badgeWanted(const QString &pageKey, qint64 number, const QString &words);
    /// Asks the frame to show this page, if another one is in view: Ctrl+Z works on every page, and what comes of it is to be seen here.
    void attentionWanted();

protected:
    /// Once a second while the page is in view. A clock that was set back has it read anew: what time took away may be back.
    virtual void everySecond() {}

    /// Beside the title, or below it where there is no room: what narrows the page down. At most once.
    void addTools(QWidget *tools);
    /// At the right of the title, or the next one to the right.
    void addControl(QWidget *control);
    QVBoxLayout *body() const { return m_body; }
    const PageContext &context() const { return m_context; }
    TimePoint now() const { return m_context.clock.now(); }
    /// A table of the page, with its model: its columns are remembered, and its rows are what it exports.
    void adopt(DataTable &table);
    /// Whose rows are exported while no table is in view: those of a chart. Null: none.
    virtual DataTable *unseenTable() const { return nullptr; }
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

    /// The same, and reads the page anew.
    template <typename Read, typename Back>
    Undo undoBy(const WayBack<Read, Back> &way)
    {
        return undoBy(way, [this](const auto &...) { refresh(); });
    }

    /// What the question before an undo needs. NotFound: it is void.
    template <typename Read, typename OnValue>
    void readForUndo(const Read &read, const UndoTurn &turn, OnValue onValue)
    {
        ask(m_context.console.ask(read), this, onValue, [this, turn](const Error &error) {
            if (error.code == ErrorCode::NotFound)
                turn.end(UndoEnd::Void);
            else
                showUndoError(error);
        });
    }

    /// New or changed; stands until endProblem() of its id.
    void putProblem(const WindowProblem &problem);
    void endProblem(const QString &id);

    /// Reports that a list was written to a file, or that it was not: `why` is a sentence, shown until a list is written.
    void reportWritten(qint64 rows, const QString &file);
    void reportNotWritten(const QString &file, const QString &why);

    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showUndoError(const Error &error);
    void addExport();
    /// The table that has the keyboard, or else the first in view, or else unseenTable().
    DataTable *tableInHand() const;
    void save(const DataTable &table, const QString &file);

    PageContext m_context;
    PageHead *m_head;
    QList<WindowProblem> m_problems;
    QHash<const void *, std::function<void()>> m_asked; ///< What giveOnce() waits for, and what it asks then; often nothing.
    const void *m_question = nullptr;                   ///< What the newest answer was about.
    QVBoxLayout *m_body;
    QList<DataTable *> m_tables;
    QAction *m_export = nullptr;
    QTimer m_timer;
    TimePoint m_lastTick {};
    bool m_shownBefore = false;
};

} // namespace warder
