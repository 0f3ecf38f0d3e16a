#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace warder {

/// The drawing of that name in resources/icons, in `colour` or else in the colours of the palette of the moment: text, selected text,
/// greyed out; sharp at every scale. GUI thread.
QIcon icon(const QString &name, const QColor &colour = {});

/// The program's own, in its colours, for task bars and dialogs. GUI thread.
QIcon programIcon();

} // namespace warder
