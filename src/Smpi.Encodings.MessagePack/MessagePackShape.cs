namespace Smpi;

/// <summary>How the values of one type become MessagePack; derive from <see cref="MessagePackShape{T}"/>.</summary>
public abstract class MessagePackShape
{
    private protected MessagePackShape()
    {
    }

    /// <summary>The type of the values.</summary>
    public abstract Type Type { get; }

    internal abstract void WriteObject(ref MessagePackWriter writer, object? value);

    internal abstract object? ReadObject(ref MessagePackReader reader);
}
