using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>One channel or server that becomes a service.</summary>
internal sealed class ServiceBuilder(IServiceCollection services, string name, Registrations registrations) : ISmpiServiceBuilder
{
    public string Name => name;

    public IServiceCollection Services => services;

    public SmpiBuilder Inner { get; } = new(registrations.Providers);

    /// <summary>Sections that are read when the channel is made.</summary>
    public List<(string Where, IConfiguration Section)> Configurations { get; } = [];

    public void Register(ProviderEntry entry) => registrations.Providers.Register(entry);

    public T Settings<T>()
        where T : class, new() => Inner.Settings<T>();

    /// <summary>Whether anything was said of this channel: the default one may be there only to name providers.</summary>
    public bool IsUsed()
    {
        ChannelParts parts = Settings<ChannelParts>();
        return parts.Protocol is not null || parts.Address is not null || Settings<NamedParts>().Protocol is not null;
    }

    public void ReadConfiguration()
    {
        foreach ((string where, IConfiguration section) in Configurations)
        {
            SettingsReader.Apply(Inner, section.AsEnumerable(makePathsRelative: true).Where(pair => !IsOfChannels(pair.Key)), where);
        }

        Configurations.Clear();
    }

    // The default channel's section holds the keyed ones as well.
    private bool IsOfChannels(string key) => name.Length == 0
        && (key.Equals("Channels", StringComparison.OrdinalIgnoreCase) || key.StartsWith("Channels:", StringComparison.OrdinalIgnoreCase));
}
