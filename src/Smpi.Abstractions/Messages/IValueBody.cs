namespace Smpi;

/// <summary>A body that can also hand over the value itself, for connections that pass references.</summary>
public interface IValueBody : IMessageBody
{
    /// <summary>The value; immutable by the caller's promise.</summary>
    object? Value { get; }
}
