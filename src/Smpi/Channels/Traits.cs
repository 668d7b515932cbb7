namespace Smpi;

/// <summary>Refuses what a format cannot say.</summary>
internal static class Traits
{
    public static void Require(Link link, bool has, string what)
    {
        if (has) return;
        ConnectionInfo info = link.Connection.Info;
        throw new SmpiConfigurationException($"The format '{info.Format}' on '{info.Protocol}' cannot carry {what}: use a format that can, such as 'native'.");
    }

    /// <summary>Refuses handlers that a format cannot serve.</summary>
    public static void Check(Router router, IWireFormat format)
    {
        foreach (HandlerEntry entry in router.Handlers)
        {
            if (entry.MissingTrait(format.Traits) is { } missing)
            {
                throw new SmpiConfigurationException($"The handler of '{entry.Subject}' needs {missing}, which the format '{format.Name}' cannot carry: use a format that can, such as 'native'.");
            }
        }
    }
}
