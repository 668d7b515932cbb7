using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Hands committed numbers on to the projects that reference this one, which may write its shapes for Protobuf.</summary>
internal static class LockText
{
    private const string Key = "smpi.lock";

    /// <summary>The source of an attribute that carries the numbers.</summary>
    public static string Emit(LockFile file) => Header.Begin()
        .Line($"[assembly: global::System.Reflection.AssemblyMetadata({Literals.Text(Key)}, {Literals.Text(file.Lines)})]").ToString();

    /// <summary>What a referenced assembly carries; empty for nothing.</summary>
    public static string Of(IAssemblySymbol assembly)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !type.Is("System.Reflection.AssemblyMetadataAttribute")) continue;
            if (attribute.ConstructorArguments is [{ Value: Key }, { Value: string text }]) return text;
        }

        return "";
    }

    /// <summary>The project's own numbers and those of the assemblies that it writes shapes for; its own come first.</summary>
    public static LockFile? Combine(LockFile? own, IEnumerable<ReferencedContracts> referenced)
    {
        string[] others = [.. referenced.Select(static r => r.Lock).Where(static text => text.Length > 0)];
        return others.Length == 0 ? own : LockFile.Parse(string.Join("\n", others.Prepend(own?.Lines ?? "")));
    }
}
