#pragma once

#include "ui/DesktopTray.h"

#include <QIcon>
#include <QStringList>

namespace warder::test {

/// The tray of a desktop; what is put there is written down.
class FakeTray final : public DesktopTray
{
public:
    bool hasTray = true; ///< The desktop has one.

    bool isShown = false;
    QIcon icon;
    QString toolTip;
    int toolTipsGiven = 0;
    QMenu *menu = nullptr;
    QStringList notified; ///< "title: text"

    bool isAvailable() const override { return hasTray; }
    void show() override { isShown = true; }
    void setIcon(const QIcon &given) override { icon = given; }
    void setToolTip(const QString &text) override
    {
        toolTip = text;
        ++toolTipsGiven;
    }
    void setMenu(QMenu *given) override { menu = given; }
    void showMessage(const QString &title, const QString &text, bool) override
    {
        if (isShown)
            notified += title + QStringLiteral(": ") + text;
    }
};

} // namespace warder::test
