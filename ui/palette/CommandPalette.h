#pragma once

#include "ui/palette/PaletteModel.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QMenuBar;

namespace warder {

class Console;
class FoundUsers;
class Page;
class Pages;
class PaletteList;
struct WindowCommand;

/// A field over the window for whatever somebody knows the name of (Ctrl+K): a page, an order of the visible page or of the menus, a user,
/// something on a page. Says nothing of its own: orders are the registered actions, as far as they can be given now. Up and Down choose,
/// Enter does it, Escape and another Ctrl+K put the field away, and the keyboard is where it was. GUI thread.
class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    /// Laid over `over`, all of which outlives it.
    CommandPalette(Console &console, Pages &pages, const QMenuBar &menus, QWidget *over);
    ~CommandPalette() override;

    void toggle();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void open();
    /// Hands the keyboard back to who had it, where that is still there.
    void putAway();
    /// The keyboard went elsewhere.
    void hearFocus(const QWidget *now);
    bool handleKey(int key);
    void place();

    void gather();
    void gatherPlaces(Page &page);
    PaletteRow rowOf(const WindowCommand &command);
    QList<PaletteRow> userRows() const;
    void showMatches();
    void showUsers();
    void present(const QList<PaletteRow> &rows);
    void announce();
    void runCurrent();

    Pages &m_pages;
    const QMenuBar &m_menus;
    QLineEdit *m_edit;
    PaletteList *m_list;
    QLabel *m_nothing;
    PaletteModel *m_model;
    FoundUsers *m_users;
    QList<PaletteRow> m_all;   ///< What can be done, since the field was opened.
    QList<PaletteRow> m_named; ///< Those of m_all that what is typed names.
    QPointer<QWidget> m_before;
};

} // namespace warder
