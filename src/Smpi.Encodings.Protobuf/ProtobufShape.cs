namespace Smpi;

/// <summary>How the values of one type become Protobuf; derive from <see cref="ProtobufShape{T}"/>.</summary>
public abstract class ProtobufShape
{
    private protected ProtobufShape()
    {
    }

    /// <summary>The type of the values.</summary>
    public abstract Type Type { get; }

    /// <summary>Whether a value that is no message is written as the only field of one where a message is needed.</summary>
    internal virtual bool IsWrapper => false;

    /// <summary>The name of the member with a number, for failures and to refuse its wrong wire types; null for numbers that are not known.</summary>
    /// <param name="number">The field's number.</param>
    public virtual string? MemberOf(int number) => null;

    internal abstract void WriteObject(ref ProtobufWriter writer, object? value);

    internal abstract object? ReadObject(ref ProtobufReader reader);
}
