namespace Smpi;

/// <summary>A subscription that counts and reports what is thrown on its behalf.</summary>
internal interface IFailureCount
{
    void CountFailure(Exception error);
}
