#pragma once

#include "core/console/orders/Keys.h"
#include "ui/PageContext.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QSpinBox;

namespace warder {

class FormField;
class KeyFileField;

/// Asks for a private key to sign with, or for the secret of a former backend, as a file or as pasted text, and stays open until the
/// server takes it: what is wrong stands below, and nothing that was typed is lost. What was pasted and typed goes with the dialog; the
/// file is read when it is sent, and not kept. GUI thread.
class KeyImportDialog final : public QDialog
{
    Q_OBJECT
public:
    KeyImportDialog(const PageContext &context, QWidget *parent);

Q_SIGNALS:
    /// The server took it.
    void imported(const warder::KeyView &key);

private:
    void build();
    void addKind();
    void addFile();
    void addPasted();
    void addFault();
    QWidget *makeSigning();
    QWidget *makeFormer();
    void showKind();
    bool isFormer() const;
    void showEnd();
    void start();
    template <typename Order>
    void give(const Order &order);
    /// The file's text, or what was pasted; empty after a fault was shown.
    QString keyText();
    void showError(const Error &error);
    void setFault(const QString &fault);

    PageContext m_context;
    QComboBox *m_kind;
    QLabel *m_effect;
    KeyFileField *m_file;
    QPlainTextEdit *m_pasted;
    QLabel *m_fault;
    QWidget *m_signing; ///< What only a key to sign with needs.
    FormField *m_passphrase;
    QComboBox *m_algorithm;
    QWidget *m_former; ///< What only the secret of a former backend needs.
    QSpinBox *m_days;
    QLabel *m_end;
    QDialogButtonBox *m_buttons;
};

} // namespace warder
