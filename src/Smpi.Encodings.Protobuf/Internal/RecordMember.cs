namespace Smpi;

/// <summary>A member of a record.</summary>
internal abstract class RecordMember<T>(MemberPlan plan)
{
    public string Name => plan.Property.Name;

    public int Number { get; } = plan.Number;

    public abstract void Write(ref ProtobufWriter writer, ref T record);

    public abstract MemberCell NewCell();

    /// <summary>Refuses a member that did not arrive and that nothing in the record gave a value.</summary>
    public abstract void CheckUnset(ref T record);
}
