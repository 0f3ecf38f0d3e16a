#include "ui/DesktopTray.h"

#include <QIcon>
#include <QSystemTrayIcon>

namespace warder {
namespace {

class SystemTray final : public DesktopTray
{
public:
    SystemTray()
    {
        connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                Q_EMIT clicked();
        });
        connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &DesktopTray::clicked);
    }

    bool isAvailable() const override { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void show() override { m_icon.show(); }
    void setIcon(const QIcon &icon) override { m_icon.setIcon(icon); }
    void setToolTip(const QString &text) override { m_icon.setToolTip(text); }
    void setMenu(QMenu *menu) override { m_icon.setContextMenu(menu); }
    void showMessage(const QString &title, const QString &text, bool serious) override
    {
        if (m_icon.isVisible())
            m_icon.showMessage(title, text, serious ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
    }

private:
    QSystemTrayIcon m_icon;
};

} // namespace

std::unique_ptr<DesktopTray> DesktopTray::ofThisDesktop() { return std::make_unique<SystemTray>(); }

} // namespace warder
