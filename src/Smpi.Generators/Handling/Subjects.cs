using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Subjects of records.</summary>
internal static class Subjects
{
    /// <summary>What the attribute of a record says, or its name in kebab case.</summary>
    public static string Of(ITypeSymbol record) =>
        record.Attribute("Smpi.SmpiMessageAttribute") is { ConstructorArguments: [{ Value: string given }] } ? given : Names.Kebab(record.Name);
}
