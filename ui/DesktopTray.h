#pragma once

#include <QObject>

#include <memory>

class QIcon;
class QMenu;

namespace warder {

/// The tray of the desktop, as far as an icon of ours needs it; tests have one of their own. GUI thread.
class DesktopTray : public QObject
{
    Q_OBJECT
public:
    /// That of the desktop which runs, also while it has none.
    static std::unique_ptr<DesktopTray> ofThisDesktop();

    /// Whether there is one now.
    virtual bool isAvailable() const = 0;
    /// Puts the icon there.
    virtual void show() = 0;
    virtual void setIcon(const QIcon &icon) = 0;
    virtual void setToolTip(const QString &text) = 0;
    /// It stays its owner's, and outlives this.
    virtual void setMenu(QMenu *menu) = 0;
    /// A notification of the desktop; nothing while the icon is not there.
    virtual void showMessage(const QString &title, const QString &text, bool serious) = 0;

Q_SIGNALS:
    /// The icon was clicked, or a notification.
    void clicked();
};

} // namespace warder
