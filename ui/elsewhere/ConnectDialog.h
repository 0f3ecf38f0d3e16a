#pragma once

#include "core/base/RemotePlace.h"

#include <QDialog>

namespace warder {

class FormField;

/// Asks for a server on another machine: user and host as for ssh, perhaps a port and a data folder. What is wrong shows at its field. It
/// reaches nobody itself. GUI thread.
class ConnectDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `recent`: what is offered while somebody types.
    ConnectDialog(const QStringList &recent, QWidget *parent);

Q_SIGNALS:
    /// As RemotePlace::parse() reads it; the dialog closes.
    void chosen(const QString &place);

private:
    void build();
    void choose();
    std::expected<RemotePlace, PlaceFault> typed() const;
    FormField &fieldOf(PlaceFault fault);

    FormField *m_server;
    FormField *m_port;
    FormField *m_folder;
};

} // namespace warder
