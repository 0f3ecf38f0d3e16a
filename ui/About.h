#pragma once

#include <QString>

class QWidget;

namespace warder {

/// Opens the dialog that says what this program is: version, licence, and where updates come from. `package`: see Installation.
void showAbout(QWidget *window, const QString &package);

/// Where updates come from.
QString aboutUpdates(const QString &package);

} // namespace warder
