#include "ui/elsewhere/ConnectDialog.h"

#include "ui/elsewhere/LineTexts.h"
#include "ui/support/Space.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextRoom.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

ConnectDialog::ConnectDialog(const QStringList &recent, QWidget *parent)
    : QDialog(parent), m_server(new FormField(/*: Field of a form: a machine and a user on it. */ tr("&Server"),
                                              /*: Below a field of a form; ssh is a program. */
                                              tr("As for ssh: user@host, or a name in your ssh configuration."), this)),
      m_port(new FormField(/*: Field of a form: the port of a machine's ssh. */ tr("&Port"),
                           /*: Below a field of a form. */ tr("Empty: as ssh has it."), this)),
      m_folder(new FormField(/*: Field of a form: a folder on another machine. */ tr("Data &folder"),
                             /*: Below a field of a form; warderd is a program. */ tr("Empty: the warderd there says it."), this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Connect to a server elsewhere"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    m_server->edit().setObjectName(u"server"_s);
    m_port->edit().setObjectName(u"port"_s);
    m_folder->edit().setObjectName(u"folder"_s);
    auto *completer = new QCompleter(recent, this);
    completer->setFilterMode(Qt::MatchContains);
    m_server->edit().setCompleter(completer);
    build();
    m_server->setFocus();
}

void ConnectDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    //: What a dialog does that asks for a server on another machine; ssh is a program.
    all->addWidget(
        quietLabel(tr("A window of its own shows that server, over this machine’s ssh with your keys. No password is kept."), this));
    all->addWidget(m_server);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::medium);
    row->addWidget(m_port, 1, Qt::AlignTop);
    row->addWidget(m_folder, 3, Qt::AlignTop);
    all->addLayout(row);
    all->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    //: Button of a dialog: opens the window of a server elsewhere.
    buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole)->setDefault(true);
    all->addWidget(buttons);
    new TextRoom(this);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);
}

void ConnectDialog::choose()
{
    for (FormField *field : {m_server, m_port, m_folder})
        field->setFault({});
    const auto place = typed();
    if (!place) {
        FormField &field = fieldOf(place.error());
        field.setFault(LineTexts::of(place.error()));
        return field.setFocus();
    }
    Q_EMIT chosen(place->toText());
    accept();
}

/// What stands in the fields of their own wins over what stands behind the host.
std::expected<RemotePlace, PlaceFault> ConnectDialog::typed() const
{
    auto place = RemotePlace::parse(m_server->text());
    if (!place)
        return place;
    if (const QString port = m_port->text().trimmed(); !port.isEmpty())
        place->port = port.toInt() > 0 ? port.toInt() : -1;
    if (const QString folder = m_folder->text().trimmed(); !folder.isEmpty())
        place->dataDirectory = folder;
    if (const auto fault = place->fault())
        return std::unexpected(*fault);
    return place;
}

FormField &ConnectDialog::fieldOf(PlaceFault fault)
{
    if (fault == PlaceFault::PortMalformed && !m_port->text().trimmed().isEmpty())
        return *m_port;
    if (fault == PlaceFault::FolderMalformed && !m_folder->text().trimmed().isEmpty())
        return *m_folder;
    return *m_server;
}

} // namespace warder
