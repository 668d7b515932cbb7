namespace Smpi.Generators;

/// <summary>
/// Writes the initializer that lets bodies be null whose types are declared as nullable, which nothing shows at run time.
/// </summary>
internal static class NullsEmitter
{
    public static string Emit(IReadOnlyList<string> types, string assembly)
    {
        SourceText text = Header.Begin().Line($"namespace Smpi.Generated.{assembly};").Line();
        text.Line(Header.Attributes).Open("internal static class Nulls_");
        text.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]").Open("internal static void Allow_()");
        foreach (string type in types) text.Line($"global::Smpi.NullBodies.Allow<{type}>();");
        return text.Close().Close().ToString();
    }
}
