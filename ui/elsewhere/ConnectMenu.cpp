#include "ui/elsewhere/ConnectMenu.h"

#include "ui/support/UiTexts.h"

#include <QAction>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace warder {

ConnectMenu::ConnectMenu(QMenu &menu, const QString &placesFile) : QObject(&menu), m_places(placesFile)
{
    //: Menu item: asks for a server on another machine and opens a window of its own for it.
    QAction *other = menu.addAction(tr("Co&nnect…"));
    other->setObjectName(u"connect"_s);
    other->setShortcut(Qt::CTRL | Qt::Key_O);
    connect(other, &QAction::triggered, this, [this] { Q_EMIT connectWanted({}); });
    //: Menu of servers on other machines that somebody was connected to.
    m_recent = menu.addMenu(tr("Recen&t servers"));
    m_recent->setObjectName(u"recentPlaces"_s);
    connect(&menu, &QMenu::aboutToShow, this, &ConnectMenu::fill);
    fill();
}

/// Another window may have added some.
void ConnectMenu::fill()
{
    m_recent->clear();
    for (const QString &place : m_places.all())
        connect(m_recent->addAction(UiTexts::inLabel(place)), &QAction::triggered, this, [this, place] { Q_EMIT connectWanted(place); });
    m_recent->setEnabled(!m_recent->isEmpty());
}

} // namespace warder
