namespace Smpi.Generators;

/// <summary>A contract that code is written for.</summary>
/// <param name="Interface">The name of the interface.</param>
/// <param name="Assembly">The name of its assembly, as an identifier.</param>
/// <param name="Methods">Its methods, inherited ones too.</param>
internal sealed record ContractModel(string Interface, string Assembly, EquatableArray<ContractMethod> Methods)
{
    /// <summary>The name as an identifier.</summary>
    public string Id => Names.Id(Interface);
}
