namespace Smpi;

/// <summary>Tells the source generator that values of a type travel, so that JSON, MessagePack and Protobuf get shapes for it and for all it holds.</summary>
/// <remarks>
/// Message records (<c>IRequest</c> and its siblings, events), what they hold and answer, and the types of contract interfaces need no mark.
/// Mark what is sent by subject only, or name it on the assembly: <c>[assembly: SmpiRecord(typeof(List&lt;Reading&gt;))]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class SmpiRecordAttribute : Attribute
{
    /// <summary>Marks the type that carries the attribute.</summary>
    public SmpiRecordAttribute()
    {
    }

    /// <summary>Names a type, on an assembly.</summary>
    /// <param name="type">The type.</param>
    public SmpiRecordAttribute(Type type) => Type = type;

    /// <summary>The type named; null on the type itself.</summary>
    public Type? Type { get; }
}
