#pragma once

#include <QByteArray>
#include <QStringView>

namespace warder {

/// The text as a QR code: an SVG picture of some 6 KB, one path on a white ground with the quiet zone around it, so that it is read on a
/// dark page, too. By qrcodegen. At most 2331 bytes of UTF-8; more is a mistake of the program and throws. Any thread.
QByteArray qrCodeSvg(QStringView text);

} // namespace warder
