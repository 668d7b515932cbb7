namespace Smpi;

/// <summary>Native values to body bytes and back. Codecs are resolved once per type and cached by the channel.</summary>
/// <remarks>An encoding that needs reflection says so on the constructor that turns it on, not here: calls through this interface are safe under trimming.</remarks>
public interface IEncoding
{
    /// <summary>The name used in addresses and agreed on in hello, such as <c>json</c>.</summary>
    string Name { get; }

    /// <summary>The media type, such as <c>application/json</c>.</summary>
    string ContentType { get; }

    /// <summary>The codec of a type known at compile time.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <exception cref="EncodingException">The encoding cannot carry the type; the message says which member and what to do.</exception>
    ICodec<T> For<T>();

    /// <summary>The codec of a type known at run time.</summary>
    /// <param name="type">The type of the values.</param>
    /// <exception cref="EncodingException">The encoding cannot carry the type; the message says which member and what to do.</exception>
    ICodec For(Type type);
}
