namespace Smpi;

/// <summary>What has arrived of one field while its message is read; begin with <c>default</c>.</summary>
/// <remarks>A field may come in several parts: of scalars the last one counts, lists and maps grow, and messages are merged.</remarks>
/// <typeparam name="T">The type of the member.</typeparam>
public struct ProtobufField<T>
{
    /// <summary>Whether any part of the field has arrived.</summary>
    public bool HasValue { get; internal set; }

    /// <summary>The collection that grows.</summary>
    internal object? Builder;

    /// <summary>Where the parts of a message stand.</summary>
    internal MessageParts Parts;

    internal T Value;

    internal void Set(T value)
    {
        Value = value;
        HasValue = true;
    }
}
