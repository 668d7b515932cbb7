namespace Smpi;

/// <summary>Holds the value of a member while its record is read.</summary>
internal abstract class MemberCell
{
    /// <summary>Whether there is a value to set; a member that did not arrive and is set may keep its initializer.</summary>
    public bool IsSet { get; protected set; }

    public abstract object? Boxed { get; }

    public abstract void Read(ref ProtobufReader reader);

    /// <summary>Takes the value after the last field.</summary>
    public abstract void Finish(ref ProtobufReader reader);

    /// <summary>Forgets the value.</summary>
    public abstract void Clear();
}
