namespace Smpi;

/// <summary>A value could not be encoded, or a body is not a value of the expected type. It fails its call, not the connection.</summary>
/// <param name="message">A sentence that names the type and the path.</param>
/// <param name="innerException">What the serializer threw; null when nothing.</param>
/// <param name="code">A more precise code, such as <see cref="ErrorCode.TooDeep"/>.</param>
public sealed class EncodingException(string message, Exception? innerException = null, ErrorCode? code = null)
    : SmpiException(code ?? ErrorCode.BadBody, message, innerException);
