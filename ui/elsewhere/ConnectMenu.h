#pragma once

#include "ui/elsewhere/RecentPlaces.h"

#include <QObject>

class QMenu;

namespace warder {

/// The items of a menu that lead to servers on other machines: one that asks for it, and a menu of the last ones. GUI thread.
class ConnectMenu final : public QObject
{
    Q_OBJECT
public:
    /// Adds them at the end of `menu`, which becomes the parent. `placesFile`: see RecentPlaces.
    ConnectMenu(QMenu &menu, const QString &placesFile);

Q_SIGNALS:
    /// Empty: somebody has to say which.
    void connectWanted(const QString &place);

private:
    void fill();

    const RecentPlaces m_places;
    QMenu *m_recent;
};

} // namespace warder
