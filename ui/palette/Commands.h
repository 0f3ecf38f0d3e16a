#pragma once

#include <QAction>
#include <QList>
#include <QPointer>
#include <QString>

class QMenuBar;

namespace warder {

class Page;

/// Something that can be done in the window, as its action says it.
struct WindowCommand
{
    QString name;            ///< "Revoke", "Sessions"
    QString where = {};      ///< The menu, the page or the part of it.
    QStringList keys = {};   ///< As the desktop writes them: "Ctrl+E".
    QString more = {};       ///< What else it may be looked for by.
    bool isPage = false;     ///< Leads to a page.
    bool isPossible = false; ///< At this moment.
    QPointer<QAction> action = {};
};

/// What can be done, gathered from the actions that menus, buttons and tables have: whatever is registered there is in the palette of
/// commands and in the list of keys, and is said nowhere else. GUI thread.
namespace Commands {

/// QAction::data() of an action that leads to a page.
constexpr int pageMark = 1;

QList<WindowCommand> ofMenus(const QMenuBar &bar);
/// Of its buttons that are in view, and of its tables. A button in a scrolled form is about its row, and none of them.
QList<WindowCommand> ofPage(const Page &page);

/// Its name, and where it is, where that is not said by the place it stands in.
QString inWords(const WindowCommand &command, const QString &place);

} // namespace Commands

} // namespace warder
