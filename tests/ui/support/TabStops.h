#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace warder::test {

/// What Tab is to come to in the window or dialog, as it is shown.
inline QList<QWidget *> tabStopsIn(const QWidget &window)
{
    QList<QWidget *> stops = window.findChildren<QWidget *>();
    stops.removeIf([&window](const QWidget *each) {
        return each->window() != &window || !each->isVisible() || !each->isEnabled() || (each->focusPolicy() & Qt::TabFocus) != Qt::TabFocus
               || each->focusProxy() || each->parentWidget()->inherits("QAbstractScrollArea");
    });
    return stops;
}

/// For whoever reads what a test has found.
inline QString describe(const QWidget &widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName() + u' ' + widget.accessibleName();
}

} // namespace warder::test
