#pragma once

#include "core/console/orders/Mail.h"
#include "ui/PageContext.h"

#include <QDialog>

class QPushButton;

namespace warder {

class FormField;
class ResultLine;

/// Sends a test mail and says what became of it, which takes half a minute at most; as often as somebody likes. GUI thread.
class MailTestDialog final : public QDialog
{
    Q_OBJECT
public:
    MailTestDialog(const PageContext &context, QWidget *parent);

private:
    void build();
    void send();
    void present(const MailTestView &answer);
    void presentError(const Error &error);

    PageContext m_context;
    FormField *m_to;
    ResultLine *m_result;
    QPushButton *m_send;
    QString m_asked; ///< The address that the mail is on its way to.
};

} // namespace warder
