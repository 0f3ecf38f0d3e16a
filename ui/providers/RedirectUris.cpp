#include "ui/providers/RedirectUris.h"

#include "ui/support/Space.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace warder {

RedirectUris::RedirectUris(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(Space::narrow);
    //: Above addresses that are to be copied: the provider sends browsers back to them, and to no others.
    m_column->addWidget(quietLabel(tr("Redirect URI, exactly as the provider must have it"), this));
    hide();
}

void RedirectUris::present(const QStringList &uris)
{
    const QStringList shown = uris.first(qMin(uris.size(), most));
    while (m_fields.size() < shown.size()) {
        //: What is copied: an address that a provider must know.
        m_fields += new CopyField(tr("Redirect URI"), this);
        m_column->addWidget(m_fields.last());
    }
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        m_fields[i]->setVisible(i < shown.size());
        if (i < shown.size() && m_fields[i]->text() != shown[i]) // told again each second: what is being marked stays marked
            m_fields[i]->setText(shown[i]);
    }
    setVisible(!shown.isEmpty());
}

} // namespace warder
