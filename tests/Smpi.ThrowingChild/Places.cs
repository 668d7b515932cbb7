namespace Smpi.ThrowingChild;

/// <summary>Every place where user code is called.</summary>
public static class Places
{
    public static IReadOnlyList<Place> All { get; } = [.. CallPlaces.All, .. EventPlaces.All, .. ChannelPlaces.All, .. LoopPlaces.All];
}
