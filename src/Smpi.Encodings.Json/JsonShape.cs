using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>The straight way between the values of one type and JSON, beside the serializer; generated for records.</summary>
/// <remarks>
/// It writes what the serializer writes, octet for octet, and takes only what the serializer takes with the same value. Anything else it leaves to the serializer:
/// members in another order, missing or unknown ones, and every error. It is used only where the serializer would treat the type like the generated code; see docs/encodings.md.
/// </remarks>
public abstract class JsonShape
{
    private protected JsonShape()
    {
    }

    /// <summary>The type of the values.</summary>
    public abstract Type Type { get; }

    /// <summary>Whether the serializer treats the type, and all that it holds, as this shape does.</summary>
    /// <param name="info">How the serializer treats it.</param>
    /// <param name="seen">The records that were looked at.</param>
    internal abstract bool Agrees(JsonTypeInfo info, HashSet<Type> seen);
}
